import { describe, expect, it } from 'vitest'
import { isAllowed, type Statement } from './policy.ts'

const TABLE = 'arn:aws:dynamodb:eu-west-1:123456789012:table/rows'
const MACHINES = 'arn:aws:states:eu-west-1:123456789012:stateMachine:kaffi_'

const may = (actions: readonly string[], resources: readonly string[], conditions = {}): readonly Statement[] => [
  { actions, resources, conditions },
]
const LETTERS = may(['dynamodb:PutItem'], [TABLE], { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['X'] } })
const PASSED = may(['iam:PassRole'], ['*'], { StringEquals: { 'iam:PassedToService': ['states.amazonaws.com'] } })
const put = (key: string) => ({
  action: 'dynamodb:PutItem',
  resource: TABLE,
  context: { 'dynamodb:LeadingKeys': [key] },
})

describe('a role', () => {
  it.each([
    [
      'the action on the resource',
      may(['dynamodb:GetItem'], [TABLE]),
      { action: 'dynamodb:GetItem', resource: TABLE },
      true,
    ],
    ['no other action', may(['dynamodb:GetItem'], [TABLE]), { action: 'dynamodb:PutItem', resource: TABLE }, false],
    [
      'no other resource',
      may(['dynamodb:Query'], [TABLE]),
      { action: 'dynamodb:Query', resource: `${TABLE}/index/by-index` },
      false,
    ],
    [
      'what a star stands for',
      may(['states:StartExecution'], [`${MACHINES}*`]),
      { action: 'states:StartExecution', resource: `${MACHINES}welcome:3` },
      true,
    ],
    [
      'nothing beside it',
      may(['states:StartExecution'], [`${MACHINES}*`]),
      { action: 'states:StartExecution', resource: `${MACHINES.replace('kaffi_', 'kaffi-test_')}welcome` },
      false,
    ],
    ['the rows of a partition', LETTERS, put('X'), true],
    ['no others', LETTERS, put('C#1'), false],
    [
      'to hand a role to one service',
      PASSED,
      { action: 'iam:PassRole', resource: 'role', context: { 'iam:PassedToService': ['states.amazonaws.com'] } },
      true,
    ],
    ['and not without saying to which', PASSED, { action: 'iam:PassRole', resource: 'role' }, false],
  ])('allows %s', (_, statements, right, allowed) => {
    expect(isAllowed(right, statements)).toBe(allowed)
  })
})
