/*
 * What Lambda starts in an environment for Node 24, without streams: it finds the handler and refuses it, asks for
 * events and answers them as AWS's own client for Node does (github.com/aws/aws-lambda-nodejs-runtime-interface-client,
 * version 4).
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const { AWS_LAMBDA_RUNTIME_API, _HANDLER = '', LAMBDA_TASK_ROOT = '', AWS_LAMBDA_FUNCTION_NAME } = process.env
const API = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`
const EXTENSIONS = ['', '.js', '.mjs', '.cjs']

type Handler = (event: unknown, context: object) => unknown

async function loadHandler(): Promise<Handler> {
  const [, module = '', name = ''] = /^(.*\/[^./]*)\.(.*)$/.exec(_HANDLER) ?? []
  const file = EXTENSIONS.map((extension) => join(LAMBDA_TASK_ROOT, module + extension)).find(existsSync)
  if (file === undefined) throw named('Runtime.ImportModuleError', `Cannot find module '${module}'`)
  const { [name]: handler } = await import(file)
  if (typeof handler !== 'function') throw named('Runtime.HandlerNotFound', `${_HANDLER} is undefined or not exported`)
  if (handler.length >= 3) throw named('Runtime.CallbackHandlerDeprecated', 'Node 24 takes no callbacks.')
  return handler
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name })
}

async function serve(handler: Handler): Promise<never> {
  for (;;) {
    const next = await fetch(`${API}/invocation/next`)
    const event: unknown = await next.json()
    const id = next.headers.get('lambda-runtime-aws-request-id')
    const deadline = Number(next.headers.get('lambda-runtime-deadline-ms'))
    const context = {
      callbackWaitsForEmptyEventLoop: true,
      functionName: AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: '$LATEST',
      awsRequestId: id,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    }
    try {
      const result = await handler(event, context)
      await post(`invocation/${id}/response`, result === undefined ? null : result)
    } catch (error) {
      await post(`invocation/${id}/error`, failureOf(error))
    }
  }
}

function failureOf(error: unknown): object {
  if (!(error instanceof Error)) return { errorType: typeof error, errorMessage: String(error), trace: [] }
  return { errorType: error.name, errorMessage: error.message, trace: error.stack?.split('\n') ?? [] }
}

async function post(path: string, body: unknown): Promise<void> {
  await fetch(`${API}/${path}`, { method: 'POST', body: JSON.stringify(body) })
}

await loadHandler().then(serve, (error: unknown) => post('init/error', failureOf(error)))
