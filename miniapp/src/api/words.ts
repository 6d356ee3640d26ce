/** What a problem says to the person, in their language. */
import { currentLocale, optional, t } from '@/i18n'
import type { ApiProblem } from './problem'

const keyOf = (code: string) => `errors.${code.replace(/\./g, '_')}`
/** What is true of every problem with this status, for codes without words of their own. */
const ofStatus = (problem: ApiProblem) => `errors.http_${problem.status}`
const chinese = () => currentLocale() === 'zh-CN'

export function problemTitle(problem: ApiProblem): string {
  if (chinese() && problem.title) return problem.title
  return optional(keyOf(problem.code)) || optional(ofStatus(problem)) || problem.title || t('errors.title')
}

/** What happened to the data and what to do; never an empty line. */
export function problemText(problem: ApiProblem): string {
  const own = optional(`${keyOf(problem.code)}_text`)
  if (own) return own
  if (chinese() && problem.detail) return problem.detail
  return (
    problem.fields.map((field) => field.message).join(' ') || optional(`${ofStatus(problem)}_text`) || t('errors.text')
  )
}

export const problemLine = (problem: ApiProblem): string => {
  const title = problemTitle(problem)
  const text = problemText(problem)
  return title === text ? title : `${title}${chinese() ? '。' : '. '}${text}`
}

/** A refusal whose title says by itself what to do; anything else as `problemLine`. */
export function refusalLine(problem: ApiProblem): string {
  const key = keyOf(problem.code)
  const title = optional(key) || (chinese() ? problem.title : '')
  if (!title || optional(`${key}_text`)) return problemLine(problem)
  return chinese() && problem.detail ? `${problemTitle(problem)}。${problem.detail}` : problemTitle(problem)
}
