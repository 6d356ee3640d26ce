import { describe, expect, it } from 'vitest'
import type { ApiProblem } from '@/api/problem'
import type { Catalog, CatalogItem } from '@/api/types/catalog'
import { listingOf } from '@/features/catalog/tiles'
import { insistRateable, kindOf } from '@/features/ratings/rateable'
import { decoded } from '@/platform/address'
import { answers } from '../setup'

describe('a query', () => {
  it.each([
    ['%E8%AF%81', '证'],
    ['证件', '证件'],
    ['100%', '100%'],
    ['%E0%A4%A', '%E0%A4%A'],
    [undefined, ''],
  ])('means what it says: %s', (value, meant) => expect(decoded(value)).toBe(meant))
})

describe('a list of items', () => {
  const catalog = {
    items: [] as CatalogItem[],
    departments: [{ code: 'ga', name: '公安局' }],
    themes_person: [{ name: '证件办理' }],
    themes_legal: [{ name: '设立变更' }],
    life_events: [],
  } as unknown as Catalog
  it.each([
    ['theme_person', '证件办理', true],
    ['theme_legal', '设立变更', true],
    ['department', 'ga', true],
    ['department', 'nonsense', false],
    ['theme_person', '', false],
    ['', '证件办理', false],
    ['nonsense', '证件办理', false],
    ['constructor', 'name', false],
  ])('by %s of %s', (by, name, known) => expect(listingOf(catalog, by, name) !== null).toBe(known))
})

describe('what is rated', () => {
  it.each([
    [undefined, 'case'],
    ['case', 'case'],
    ['visit', 'visit'],
    ['ticket', 'ticket'],
    ['nonsense', null],
  ])('kind %s', (kind, known) => expect(kindOf(kind)).toBe(known))

  const rating = { stars: 5, at: '2026-11-29T09:00:00Z' }
  const ok = (data: object) => ({ statusCode: 200, data })
  const unknown = { statusCode: 404, data: { code: 'core.not_found', title: '没有找到' } }
  it.each([
    ['case', 'finished', [ok({ rating: null, actions: ['rate'] })], null],
    ['case', 'rated', [ok({ rating, actions: [] })], 'ratings.already_rated'],
    ['case', 'under way', [ok({ rating: null, actions: ['urge'] })], 'ratings.not_done_yet'],
    ['case', 'unknown', [unknown], 'core.not_found'],
    ['ticket', 'answered', [ok({ rating: null, actions: ['rate', 'supplement'] })], null],
    ['ticket', 'rated', [ok({ rating, actions: [] })], 'ratings.already_rated'],
    ['ticket', 'unknown', [unknown], 'core.not_found'],
    ['visit', 'served', [ok({ state: 'done' }), unknown], null],
    ['visit', 'rated', [ok({ state: 'done' }), ok(rating)], 'ratings.already_rated'],
    ['visit', 'waiting', [ok({ state: 'waiting' }), unknown], 'ratings.not_done_yet'],
    ['visit', 'unknown', [unknown], 'core.not_found'],
  ] as const)('a %s that is %s', async (kind, _, given, refusal) => {
    answers.push(...given)
    await expect(
      insistRateable(kind, 'x').then(
        () => null,
        ({ code }: ApiProblem) => code,
      ),
    ).resolves.toBe(refusal)
  })
})
