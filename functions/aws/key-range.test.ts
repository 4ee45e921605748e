import { describe, expect, it } from 'vitest'
import type { RangeQuery } from '#shared/world/table.ts'
import { keyCondition } from './key-range.ts'

const TABLE = { partition: 'pk', sort: 'sk' } as const
const END = '\u{10FFFF}'

describe('keyCondition', () => {
  it.each<[string, Omit<RangeQuery, 'pk'>, string, Record<string, string>]>([
    ['all rows of the partition', {}, 'pk = :pk', {}],
    ['a prefix', { prefix: 'T#' }, 'pk = :pk AND begins_with(sk, :prefix)', { ':prefix': 'T#' }],
    ['an upper bound', { to: 'T' }, 'pk = :pk AND sk <= :to', { ':to': 'T' }],
    ['a lower bound', { from: 'T' }, 'pk = :pk AND sk BETWEEN :from AND :to', { ':from': 'T', ':to': END }],
    ['both bounds', { from: 'D', to: 'T' }, 'pk = :pk AND sk BETWEEN :from AND :to', { ':from': 'D', ':to': 'T' }],
    [
      'a lower bound within a prefix',
      { prefix: 'T#', from: 'T#2026' },
      'pk = :pk AND sk BETWEEN :from AND :to',
      { ':from': 'T#2026', ':to': `T#${END}` },
    ],
    [
      'bounds wider than the prefix',
      { prefix: 'T#', from: 'A', to: 'Z' },
      'pk = :pk AND begins_with(sk, :prefix)',
      { ':prefix': 'T#' },
    ],
  ])('asks for %s', (_, range, KeyConditionExpression, values) => {
    const condition = keyCondition({ pk: 'C#1', ...range }, TABLE)
    expect(condition).toEqual({ KeyConditionExpression, ExpressionAttributeValues: { ':pk': 'C#1', ...values } })
  })

  it.each<[string, Omit<RangeQuery, 'pk'>]>([
    ['the lower bound is after the upper', { from: 'T', to: 'D' }],
    ['the lower bound is after the prefix', { prefix: 'D#', from: 'E' }],
    ['the upper bound is before the prefix', { prefix: 'D#', to: 'C' }],
  ])('finds nothing when %s', (_, range) => {
    expect(keyCondition({ pk: 'C#1', ...range }, TABLE)).toBeUndefined()
  })

  it('orders keys by their bytes, as DynamoDB does, and not by the units of JavaScript', () => {
    const [before, after] = ['\uFF5E', '\u{1F600}'] as const
    expect(before > after).toBe(true)
    expect(keyCondition({ pk: 'C#1', from: before, to: after }, TABLE)).toBeDefined()
    expect(keyCondition({ pk: 'C#1', from: after, to: before }, TABLE)).toBeUndefined()
  })

  it('names the keys of the index', () => {
    const condition = keyCondition({ pk: 'DUE#1', to: '2026' }, { partition: 'ipk', sort: 'isk' })
    expect(condition?.KeyConditionExpression).toBe('ipk = :pk AND isk <= :to')
  })
})
