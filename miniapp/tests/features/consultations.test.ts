import { describe, expect, it } from 'vitest'
import { getComments } from '@/api/consultations'
import type { CommentGroup, ConsultationSummary, Report, SurveyQuestion } from '@/api/types/consultation'
import {
  asked,
  choicesHint,
  copyOf,
  emptySheet,
  inputOf,
  keepSent,
  nothingSaid,
  questionFaults,
  resumed,
  sentBefore,
  sheetOf,
  stepOf,
  stepsOf,
  type Sheet,
} from '@/features/consultations/sheet'
import { clauseName, groupOf, outcomes, timeLeft } from '@/features/consultations/words'
import { answers, sent } from '../setup'

const question = (key: string, given: Partial<SurveyQuestion> = {}): SurveyQuestion => ({
  key,
  kind: 'single',
  title: key,
  hint: '',
  required: true,
  options: ['o1', 'o2', 'o3'].map((one) => ({ key: one, label: one })),
  rows: [],
  choices_min: 1,
  choices_max: 30,
  points: 5,
  low_label: '',
  high_label: '',
  length_max: 500,
  show_if: [],
  ...given,
})
const when = (name: string, ...any_of: string[]) => ({ show_if: [{ question: name, any_of }] })
const survey = [
  question('q1'),
  question('q2', { kind: 'multiple', choices_min: 2, choices_max: 2, ...when('q1', 'o1') }),
  question('q3', { kind: 'scale' }),
  question('q4', { kind: 'text', required: false, ...when('q3', '1', '2') }),
  question('q5', { ...when('q2', 'o3') }),
]
const sheet = (given: Partial<Sheet>): Sheet => ({ ...emptySheet(), ...given })
const keys = (values: Sheet['values']) => asked(survey, values).map(({ key }) => key)

describe('a survey', () => {
  it('asks what the answers lead to', () => {
    expect(keys({})).toEqual(['q1', 'q3'])
    expect(keys({ q1: 'o1', q3: 2 })).toEqual(['q1', 'q2', 'q3', 'q4'])
    expect(keys({ q1: 'o1', q2: ['o2', 'o3'] })).toEqual(['q1', 'q2', 'q3', 'q5'])
  })
  it('opens nothing by an answer to what is not asked any more', () =>
    expect(keys({ q1: 'o2', q2: ['o3'] })).toEqual(['q1', 'q3']))
  it('says what is missing or too much', () => {
    const wrong = (values: Sheet['values']) => questionFaults(survey, sheet({ values })).map(({ path }) => path)
    expect(wrong({})).toEqual(['/answers/q1', '/answers/q3'])
    expect(wrong({ q1: 'o1', q2: ['o1'], q3: 5 })).toEqual(['/answers/q2'])
    expect(wrong({ q1: 'o1', q2: ['o1', 'o2', 'o3'], q3: 5 })).toEqual(['/answers/q2', '/answers/q5'])
    expect(wrong({ q1: 'o2', q3: 1 })).toEqual([])
  })
  it('wants each row of a matrix', () => {
    const matrix = [
      question('m', {
        kind: 'matrix',
        rows: [
          { key: 'r1', label: '' },
          { key: 'r2', label: '' },
        ],
      }),
    ]
    expect(questionFaults(matrix, sheet({ values: { m: { r1: 'o1' } } }))).toHaveLength(1)
    expect(questionFaults(matrix, sheet({ values: { m: { r1: 'o1', r2: 'o1' } } }))).toEqual([])
  })
  it('may be left out by who comments, but not by half', () => {
    expect(questionFaults(survey, sheet({ comments: { c1: '意见' } }))).toEqual([])
    expect(questionFaults(survey, sheet({ comments: { c1: '意见' }, values: { q1: 'o2' } }))).toHaveLength(1)
    expect(questionFaults(survey, sheet({ comments: { c1: '  ' } }))).toHaveLength(2)
  })
  it('says how many may be chosen', () => {
    const hint = (given: Partial<SurveyQuestion>) => choicesHint(question('q', { kind: 'multiple', ...given }))
    expect(hint({})).toBe('可以选多项')
    expect(hint({ choices_max: 2 })).toBe('最多选 2 项')
    expect(hint({ choices_min: 2, choices_max: 2 })).toBe('选 2 到 2 项')
    expect(hint({ hint: '选两项', choices_max: 2 })).toBe('选两项')
  })
})

describe('what is sent', () => {
  const one = { questions: survey }
  it('holds only what is asked and what says something', () => {
    const input = inputOf(
      one,
      sheet({ values: { q1: 'o2', q2: ['o1'], q3: 4, q4: '' }, comments: { c1: ' 太贵 ', c2: ' ' } }),
    )
    expect(input.answers).toEqual({ q1: 'o2', q3: 4 })
    expect(input.comments).toEqual([{ clause: 'c1', text: '太贵' }])
    expect(nothingSaid(input)).toBe(false)
    expect(nothingSaid(inputOf(one, emptySheet()))).toBe(true)
  })
  it('comes back to be changed', () => {
    const own = { target: '', text: '赞成', state: 'shown', state_label: '', reason: '' } as const
    expect(sheetOf({ day: '', answers: { q1: 'o1' }, comments: [own], texts: [], notify: false })).toEqual({
      values: { q1: 'o1' },
      comments: { '': '赞成' },
      notify: false,
    })
  })
  it('is kept on the phone while it is written', () => {
    copyOf('x').write({ 'comments/c1': { value: '一', was: undefined } })
    expect([resumed(emptySheet(), copyOf('x').read() ?? {}).sheet.comments, copyOf('y').read()]).toEqual([
      { c1: '一' },
      null,
    ])
    copyOf('x').remove()
    expect(copyOf('x').read()).toBe(null)
  })
  it.each([
    // sent meanwhile, written here, when it was begun → what shows, what is asked
    ['旧', '新', '旧', '新', []],
    ['别处改的', '新', '旧', '别处改的', ['comments/c1']],
    ['新', '新', '旧', '新', []],
    ['别处写的', '这里写的', undefined, '别处写的', ['comments/c1']],
  ])('asks where two devices wrote on the same (%s, %s, %s)', (there, here, was, shows, asks) => {
    const saved = sheet({ comments: { c1: there, c2: '别的' } })
    const found = resumed(saved, { 'comments/c1': { value: here, was } })
    expect([found.sheet.comments, Object.keys(found.asked)]).toEqual([{ c1: shows, c2: '别的' }, asks])
  })
})

describe('the steps', () => {
  const clauses = [{ key: 'c1', number: '第一条', title: '停放', text: '' }]
  it('are those that there is something for', () => {
    expect(stepsOf({ clauses, questions: survey })).toEqual(['comments', 'questions', 'send'])
    expect(stepsOf({ clauses: [], questions: survey })).toEqual(['questions', 'send'])
  })
  it('lead back to what is wrong', () => {
    const back = (path: string) => stepOf([{ path, code: '', message: '' }], ['comments', 'questions', 'send'])
    expect([back('/answers/q1'), back('/comments/0/text'), back('/other')]).toEqual(['questions', 'comments', 'send'])
  })
  it('name clauses as the draft does', () =>
    expect([clauseName(clauses, 'c1'), clauseName(clauses, '')]).toEqual(['第一条　停放', '对全文']))
})

describe('what readers are told', () => {
  const now = Date.parse('2026-11-25T01:00:00+08:00')
  const one = (given: Partial<ConsultationSummary>) =>
    ({
      phase: 'open',
      opens_at: '2026-11-01T09:00:00+08:00',
      closes_at: '2026-11-28T18:00:00+08:00',
      ...given,
    }) as ConsultationSummary
  it('counts days by the calendar', () => {
    expect(timeLeft(one({}), now)).toMatch('还剩 3 天')
    expect(timeLeft(one({ closes_at: '2026-11-25T18:00:00+08:00' }), now)).toMatch('今天截止')
    expect(timeLeft(one({ phase: 'upcoming', opens_at: '2026-11-26T00:10:00+08:00' }), now)).toMatch('1 天后开始')
    expect(timeLeft(one({ phase: 'answered' }), now)).toMatch('结束')
  })
  const group = (given: Partial<CommentGroup>): CommentGroup => ({
    title: 'g',
    size: 1,
    outcome: 'adopted',
    outcome_label: '',
    reply: '',
    samples: [],
    ...given,
  })
  it('sums outcomes up', () => {
    const found = outcomes([group({}), group({}), group({ outcome: 'declined' })])
    expect(found).toEqual([
      { outcome: 'adopted', groups: 2 },
      { outcome: 'declined', groups: 1 },
    ])
  })
  it('finds own words again among the groups, whatever the signs', () => {
    keepSent('x', { answers: {}, notify: true, comments: [{ clause: 'c1', text: '太贵，要降。' }] })
    const report = {
      groups: [group({ samples: ['别的'] }), group({ title: '降价', samples: ['太贵,要降'] })],
    } as Report
    expect(sentBefore('x').map((text) => groupOf(report, text)?.title)).toEqual(['降价'])
    expect(groupOf(report, '没有')).toBe(null)
  })
})

it('asks for comments on the whole by an empty target', async () => {
  answers.push({ statusCode: 200, data: { items: [], next_cursor: null } })
  await getComments('k1', '')
  expect(sent[0]?.url).toMatch(/\/consultations\/k1\/comments\?target=$/)
})
