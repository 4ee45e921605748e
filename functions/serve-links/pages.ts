import { html } from 'hono/html'
import type { Brand } from '#shared/brand/brand.ts'
import type { LinkPayload } from '#shared/messages/links.ts'
import { consentState } from '#shared/profiles/consent.ts'
import type { Profile } from '#shared/profiles/profile.ts'

type Html = ReturnType<typeof html>

const STYLE = `
  :root { color-scheme: light dark }
  body { font: 17px/1.6 ui-sans-serif, system-ui, sans-serif; max-width: 34rem; margin: 12vh auto; padding: 0 1.5rem }
  h1 { font-size: 1.5rem; letter-spacing: -.01em; margin: 0 0 .75rem } p { margin: 0 0 1.25rem }
  button { font: inherit; padding: .7rem 1.4rem; border: 0; border-radius: .6rem; background: #1f1a17; color: #fff; cursor: pointer }
  button:focus-visible, input:focus-visible { outline: 3px solid #d97706; outline-offset: 2px }
  fieldset { border: 0; padding: 0; margin: 0 0 1.25rem } legend { font-weight: 600; text-transform: capitalize }
  label { display: block; padding: .3rem 0 } small { opacity: .7 }
  @media (prefers-color-scheme: dark) { button { background: #f5efe8; color: #1f1a17 } }
`

/** A page of the brand for people who followed a link in a message: no scripts, nothing loaded from elsewhere. */
function page(title: string, body: Html, footer = ''): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1>${body}</main><p><small>${footer}</small></p></body></html>`
}

export function unsubscribePage(
  brand: Brand,
  { purpose, channel }: Extract<LinkPayload, { kind: 'unsubscribe' }>,
): Html {
  return page(
    `Stop ${purpose} by ${channel}?`,
    html`<p>${brand.name} will not write to you about ${purpose} by ${channel} any more. Messages about your own orders still come.</p>
<form method="post"><button>Yes, stop these</button></form>`,
    brand.legal.address,
  )
}

export function preferencesPage(brand: Brand, profile: Profile): Html {
  const purposes = Object.entries(brand.purposes).filter(([, { needsConsent }]) => needsConsent)
  return page(
    `What may ${brand.name} write to you about?`,
    html`<form method="post">${purposes.map(
      ([purpose, { channels }]) =>
        html`<fieldset><legend>${purpose}</legend>${channels.map((channel) => {
          const checked = consentState(profile.consent, purpose, channel) === 'given'
          return html`<label><input type="checkbox" name="allow" value="${purpose}/${channel}" ${checked ? 'checked' : ''}> by ${channel}</label>`
        })}</fieldset>`,
    )}<button>Save</button></form>`,
    brand.legal.address,
  )
}

export function donePage(brand: Brand, text: string): Html {
  return page('Done', html`<p>${text}</p>`, brand.legal.address)
}

export function notFoundPage(): Html {
  return page(
    'This link does not work',
    html`<p>It may be too old, or a part of it got lost. Open the message again and follow the link from there.</p>`,
  )
}
