/** What somebody says of a handling. Pure. */
import type { RatingInput, RatingOptions } from '@/api/types/case'

export const noOpinion = (): RatingInput => ({ stars: 0, tags: [], dimensions: {}, comment: '' })

/** Tags belong to a level: another level, other tags. */
export const withStars = (opinion: RatingInput, stars: number): RatingInput => ({ ...opinion, stars, tags: [] })

export const tagsOf = ({ stars: levels }: RatingOptions, stars: number) =>
  levels.find((row) => row.stars === stars)?.tags ?? []

/** The stars are the overall opinion; these are asked besides. */
export const besides = (options: RatingOptions, offline: boolean) =>
  (offline ? options.offline_dimensions : options.dimensions).filter(({ code }) => code !== 'overall')

export const sendable = (opinion: RatingInput, offline: boolean): RatingInput => ({
  ...opinion,
  dimensions: offline ? opinion.dimensions : { ...opinion.dimensions, overall: opinion.stars },
  comment: opinion.comment.trim(),
})
