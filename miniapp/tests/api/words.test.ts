import { describe, expect, it } from 'vitest'
import { ApiProblem } from '@/api/problem'
import { problemLine, problemText, problemTitle } from '@/api/words'
import { setLocale } from '@/i18n'

const gone = new ApiProblem('core.not_found', 404, '没有找到您要的内容')

describe('a problem', () => {
  it('says what is true of its status when its code has no words', () => {
    expect(problemTitle(gone)).toBe('没有找到您要的内容')
    expect(problemText(gone)).toBe('内容可能已经撤下。请返回后重新查找。')
  })
  it('says so in English, too', () => {
    setLocale('en')
    expect(problemLine(gone)).toBe('Not found. It may have been withdrawn. Go back and search again.')
  })
  it("keeps the server's own detail and its fields' words", () => {
    expect(problemText(new ApiProblem('x.y', 404, '', '已于昨天撤下'))).toBe('已于昨天撤下')
    const wrong = new ApiProblem('x.y', 422, '', '', [{ path: '/a', code: 'required', message: '请先勾选确认' }])
    expect(problemText(wrong)).toBe('请先勾选确认')
  })
  it('is never silent', () => expect(problemText(new ApiProblem('x.y', 418, ''))).toContain('没有丢失'))
})
