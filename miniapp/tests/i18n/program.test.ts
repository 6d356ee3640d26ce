import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { setLocale } from '@/i18n'
import { program, programLang } from '@/i18n/program'

describe("the program's words in English", () => {
  it.each([
    [
      '承诺办结时限1个工作日（法定3个工作日），自受理之日起计算',
      '1 working day promised (3 working days by law), counted from acceptance',
    ],
    ['承诺办结时限10日，自受理之日起计算', '10 days promised, counted from acceptance'],
    ['法定办结时限20个工作日，自受理之日起计算', '20 working days by law, counted from acceptance'],
    ['作出决定之日起10个工作日内颁发、送达', 'issued and delivered within 10 working days of the decision'],
    ['受理后8日内', 'Within 8 days of acceptance'],
    ['1个工作日内', 'Within 1 working day'],
    ['快递2—3天', 'Within 2–3 days by courier'],
    ['约10分钟', 'About 10 minutes'],
    ['5分', '5 points'],
    ['随时', 'Any time'],
    ['申请人', 'The applicant'],
    ['constructor', 'constructor'],
    ['由两地流转', '由两地流转'],
    ['承诺办结时限另行约定，自受理之日起计算', '承诺办结时限另行约定，自受理之日起计算'],
  ])('%s', (chinese, english) => {
    expect([program(chinese), programLang(chinese)]).toEqual([chinese, 'zh-CN'])
    setLocale('en')
    expect(program(chinese)).toBe(english)
    expect(programLang(chinese)).toBe(english === chinese ? 'zh-CN' : 'en')
  })

  it('has the durations that the guides of the demo state', () => {
    setLocale('en')
    const folder = '../demo/items'
    const stated = readdirSync(folder).flatMap((name) =>
      [...readFileSync(`${folder}/${name}`, 'utf8').matchAll(/"days": "([^"]*\d[^"]*)"/g)].map(
        ([, days]) => days ?? '',
      ),
    )
    // A day of the month and what another city does are sentences of the department.
    const left = [...new Set(stated)].filter(
      (days) => /\p{Script=Han}/u.test(program(days)) && !/^每月|^转出地/.test(days),
    )
    expect([stated.length > 50, left]).toEqual([true, []])
  })
})
