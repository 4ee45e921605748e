import type { CloudFormationCustomResourceEvent as StackEvent } from 'aws-lambda'
import { messageOf, Unavailable } from '#shared/errors/errors.ts'

/**
 * Does what is to be done when a stack is deleted, and tells CloudFormation, which waits, how it went. Of what else
 * happens to a stack nothing is to be done. @throws Unavailable when CloudFormation does not hear the answer
 */
export async function answerStack(event: StackEvent, onDelete: (arnPrefix: string) => Promise<unknown>): Promise<void> {
  const { ResponseURL, ResourceProperties, RequestType, StackId, RequestId, LogicalResourceId } = event
  const arnPrefix: string = ResourceProperties.ArnPrefix
  const outcome = RequestType === 'Delete' ? await outcomeOf(onDelete(arnPrefix)) : SUCCESS
  // Another name than before would have CloudFormation delete what it takes for the one of before.
  const PhysicalResourceId = event.RequestType === 'Create' ? arnPrefix : event.PhysicalResourceId
  const answer = { ...outcome, PhysicalResourceId, StackId, RequestId, LogicalResourceId }
  // The address is signed for a request that says nothing of its content.
  const headers = { 'content-type': '' }
  const { ok, status } = await fetch(ResponseURL, { method: 'PUT', headers, body: JSON.stringify(answer) })
  if (!ok) throw new Unavailable('infra.unanswered', `CloudFormation's address for answers said ${status}.`)
}

type Outcome = { readonly Status: 'SUCCESS' } | { readonly Status: 'FAILED'; readonly Reason: string }

const SUCCESS: Outcome = { Status: 'SUCCESS' }

function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  return work.then(
    () => SUCCESS,
    (error: unknown) => ({ Status: 'FAILED', Reason: messageOf(error) }),
  )
}
