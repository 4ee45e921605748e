/*
 * Who uses the console. On AWS she signs in with Cognito: authorisation code with PKCE (RFC 7636), since a page keeps no
 * secret. The embedded system has nobody but whoever has its token. What is got lasts as long as the tab.
 */

const KEY = 'throughline'

/** Where people sign in, of a deployment: `{ url, client }`; absent on one machine. */
export let signIn

export async function readSettings() {
  const response = await fetch('settings.json', { cache: 'no-store' })
  signIn = (await response.json()).signIn
}

/** This page, to which Cognito sends her back. */
const HOME = new URL('./', location.href).href

let session = read('session')
let renewing

export const isSignedIn = () => session !== undefined

export function useToken(token) {
  keep({ token })
}

export function forget() {
  session = undefined
  sessionStorage.removeItem(`${KEY}.session`)
}

export async function beginSignIn() {
  const [verifier, state] = [random(), random()]
  sessionStorage.setItem(`${KEY}.begun`, JSON.stringify({ verifier, state, at: location.hash }))
  location.assign(
    `${signIn.url}/oauth2/authorize?${new URLSearchParams({
      response_type: 'code',
      client_id: signIn.client,
      redirect_uri: HOME,
      scope: 'openid',
      state,
      code_challenge: base64url(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))),
      code_challenge_method: 'S256',
    })}`,
  )
}

/** Ends what `beginSignIn` began, when Cognito has sent her back. @returns what went wrong, if anything did. */
export async function endSignIn() {
  const answer = new URLSearchParams(location.search)
  if (!answer.has('code') && !answer.has('error')) return undefined
  const begun = read('begun')
  sessionStorage.removeItem(`${KEY}.begun`)
  history.replaceState(null, '', HOME + (begun?.at ?? ''))
  if (answer.has('error')) return answer.get('error_description') ?? answer.get('error')
  // A code that nobody here asked for may be somebody else's.
  if (begun === undefined || answer.get('state') !== begun.state) return 'That sign-in was not begun in this tab.'
  const got = await askForTokens({
    grant_type: 'authorization_code',
    code: answer.get('code'),
    redirect_uri: HOME,
    code_verifier: begun.verifier,
  })
  if (got === undefined) return 'Cognito did not accept the sign-in.'
  keep({ token: got.access_token, refresh: got.refresh_token })
  return undefined
}

export async function signOut() {
  const { refresh } = session ?? {}
  forget()
  if (signIn === undefined) return location.reload()
  if (refresh !== undefined) await post('revoke', { token: refresh }).catch(() => undefined)
  location.assign(`${signIn.url}/logout?${new URLSearchParams({ client_id: signIn.client, logout_uri: HOME })}`)
}

/** A request to the API as whoever is signed in; her token is renewed on the way when it has run out. */
export async function ask(path, options = {}) {
  const response = await send(path, options)
  return response.status === 401 && (await renewed()) ? send(path, options) : response
}

function send(path, { headers, ...options }) {
  return fetch(path, {
    cache: 'no-store',
    ...options,
    headers: { ...headers, authorization: `Bearer ${session?.token}` },
  })
}

/** Once for all who wait. */
function renewed() {
  renewing ??= renew().finally(() => {
    renewing = undefined
  })
  return renewing
}

async function renew() {
  const { refresh } = session ?? {}
  if (refresh === undefined) return false
  const got = await askForTokens({ grant_type: 'refresh_token', refresh_token: refresh })
  if (got === undefined) return false
  keep({ token: got.access_token, refresh: got.refresh_token ?? refresh })
  return true
}

async function askForTokens(form) {
  const response = await post('token', form).catch(() => undefined)
  return response?.ok ? response.json() : undefined
}

function post(endpoint, form) {
  return fetch(`${signIn.url}/oauth2/${endpoint}`, {
    method: 'POST',
    body: new URLSearchParams({ ...form, client_id: signIn.client }),
  })
}

function keep(value) {
  session = value
  sessionStorage.setItem(`${KEY}.session`, JSON.stringify(value))
}

function read(name) {
  return JSON.parse(sessionStorage.getItem(`${KEY}.${name}`) ?? 'null') ?? undefined
}

function random() {
  return base64url(crypto.getRandomValues(new Uint8Array(32)))
}

function base64url(bytes) {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}
