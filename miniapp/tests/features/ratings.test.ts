import { describe, expect, it } from 'vitest'
import { getSubject, rateByCode } from '@/api/ratings'
import type { RatingOptions } from '@/api/types/case'
import { useRating } from '@/features/ratings/rate'
import { belongTo, unbind } from '@/features/shared/kept'
import { besides, noOpinion, sendable, tagsOf, withStars } from '@/features/ratings/opinion'
import { answers, sent } from '../setup'

const word = (code: string) => ({ code, label: code, label_en: '' })
const options: RatingOptions = {
  stars: [
    { stars: 1, label: '', label_en: '', tags: [word('115')] },
    { stars: 5, label: '', label_en: '', tags: [word('510'), word('517')] },
  ],
  dimensions: [word('overall'), word('platform')],
  offline_dimensions: [word('efficiency'), word('attitude')],
  comment_max: 500,
}

describe('an opinion', () => {
  it('has the tags of its level only', () => {
    expect(tagsOf(options, 5).map(({ code }) => code)).toEqual(['510', '517'])
    expect(tagsOf(options, 3)).toEqual([])
    expect(withStars({ ...noOpinion(), stars: 5, tags: ['510'] }, 1).tags).toEqual([])
  })
  it('is asked besides for what belongs to its channel', () => {
    expect([besides(options, false), besides(options, true)].map((rows) => rows.map(({ code }) => code))).toEqual([
      ['platform'],
      ['efficiency', 'attitude'],
    ])
  })
  it('names its stars as the overall dimension online, and not at a counter', () => {
    const said = { ...noOpinion(), stars: 4, comment: ' 好 ' }
    expect([sendable(said, false).dimensions, sendable(said, true).dimensions, sendable(said, true).comment]).toEqual([
      { overall: 4 },
      {},
      '好',
    ])
  })
})

describe('what is written of a rating', () => {
  const page = () => {
    const rating = useRating(
      () => false,
      async () => ({ done: true }),
    )
    rating.open('case:1')
    return rating
  }
  it('outlives the end of a session, until it is sent', async () => {
    belongTo('A')
    page().say({ ...noOpinion(), stars: 2, comment: '等了很久' })
    unbind()
    expect(page().opinion.value.comment).toBe('')
    belongTo('A')
    expect(page().opinion.value).toMatchObject({ stars: 2, comment: '等了很久' })
    await page().send()
    expect(page().opinion.value.stars).toBe(0)
  })
})

describe('rating by code', () => {
  it('needs nobody to sign in, and is sent under one key', async () => {
    answers.push({ statusCode: 200, data: {} }, { statusCode: 201, data: { stars: 5 } })
    await getSubject('counter.a/b')
    await rateByCode('counter.a/b', { ...noOpinion(), stars: 5 }, 'key-1')
    expect(sent[0]?.url).toMatch(/rating-subjects\/counter\.a%2Fb$/)
    expect([
      sent[1]?.header['Idempotency-Key'],
      (JSON.parse(sent[1]?.data ?? '{}') as { token?: string }).token,
      sent[1]?.header.Authorization,
    ]).toEqual(['key-1', 'counter.a/b', undefined])
  })
})
