import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { CloudFormationCustomResourceEvent } from 'aws-lambda'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { answerStack } from './answer-stack.ts'

const PREFIX = 'arn:aws:states:eu-west-1:111122223333:stateMachine:throughline-kaffi_'

/** What CloudFormation was told. */
const answers: { readonly type: string | undefined; readonly body: Readonly<Record<string, unknown>> }[] = []
let status = 200
const cloudFormation = createServer(async (request, response) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  answers.push({ type: request.headers['content-type'], body: JSON.parse(Buffer.concat(chunks).toString()) })
  response.writeHead(status).end()
})

beforeAll(() => new Promise<void>((resolve) => cloudFormation.listen(0, '127.0.0.1', resolve)))
beforeEach(() => {
  answers.length = 0
  status = 200
})
afterAll(() => cloudFormation.close())

function anEvent(RequestType: 'Create' | 'Update' | 'Delete'): CloudFormationCustomResourceEvent {
  const common = {
    ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:throughline-kaffi-clean-up',
    ResponseURL: `http://127.0.0.1:${(cloudFormation.address() as AddressInfo).port}/answer?X-Amz-Signature=1`,
    StackId: 'stack-1',
    RequestId: 'request-1',
    LogicalResourceId: 'CleanUpMachines',
    ResourceType: 'AWS::CloudFormation::CustomResource',
    ResourceProperties: { ServiceToken: '', ArnPrefix: PREFIX },
  }
  return {
    ...common,
    RequestType,
    ...(RequestType !== 'Create' && { PhysicalResourceId: 'made-before' }),
    OldResourceProperties: {},
  } as CloudFormationCustomResourceEvent
}

describe('answerStack', () => {
  it.each([
    ['Create', PREFIX],
    ['Update', 'made-before'],
  ] as const)('does nothing on %s, and says that it is done, as %s', async (type, id) => {
    await answerStack(anEvent(type), () => Promise.reject(new Error('deleted')))
    expect(answers).toEqual([
      {
        type: '',
        body: {
          Status: 'SUCCESS',
          PhysicalResourceId: id,
          StackId: 'stack-1',
          RequestId: 'request-1',
          LogicalResourceId: 'CleanUpMachines',
        },
      },
    ])
  })

  it('tells that it is done once it is', async () => {
    const deleted: string[] = []
    await answerStack(anEvent('Delete'), async (prefix) => deleted.push(prefix))
    expect(deleted).toEqual([PREFIX])
    expect(answers).toMatchObject([{ body: { Status: 'SUCCESS', PhysicalResourceId: 'made-before' } }])
  })

  it('tells what went wrong, so that the stack is not deleted as if it had gone well', async () => {
    await answerStack(anEvent('Delete'), () => Promise.reject(new Error('no right')))
    expect(answers).toMatchObject([
      { body: { Status: 'FAILED', Reason: 'no right', PhysicalResourceId: 'made-before' } },
    ])
  })

  it('fails when nobody takes the answer', async () => {
    status = 403
    await expect(answerStack(anEvent('Create'), async () => {})).rejects.toMatchObject({ code: 'infra.unanswered' })
  })
})
