import { mount } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import ZButton from '@/ui/ZButton.vue'
import ZChoice from '@/ui/ZChoice.vue'
import ZClock from '@/ui/ZClock.vue'
import ZConfirm from '@/ui/ZConfirm.vue'
import ZErrorSummary from '@/ui/ZErrorSummary.vue'
import ZFold from '@/ui/ZFold.vue'
import ZInput from '@/ui/ZInput.vue'
import ZLoad from '@/ui/ZLoad.vue'
import ZNotice from '@/ui/ZNotice.vue'
import ZStars from '@/ui/ZStars.vue'
import ZSteps from '@/ui/ZSteps.vue'
import { ApiProblem } from '@/api/problem'
import FieldInput from '@/features/cases/FieldInput.vue'
import { field } from '../make'
import { navigated } from '../setup'

describe('ZButton', () => {
  it('is a button that presses', async () => {
    const button = mount(ZButton, { slots: { default: '提交' } })
    await button.find('[role=button]').trigger('click')
    expect(button.emitted('press')).toHaveLength(1)
  })
  it.each<{ busy?: boolean; disabled?: boolean }>([{ busy: true }, { disabled: true }])(
    'does nothing when %o',
    async (props) => {
      const button = mount(ZButton, { props })
      await button.find('[role=button]').trigger('click')
      expect(button.emitted('press')).toBeUndefined()
      expect(button.find('[role=button]').attributes('aria-disabled')).toBe('true')
    },
  )
})

describe('ZChoice', () => {
  const options = [
    { value: 'a', label: '甲' },
    { value: 'b', label: '乙' },
  ]
  it('is a named group of radios', async () => {
    const choice = mount(ZChoice, { props: { id: 'x', label: '为什么', modelValue: 'a', options } })
    expect(choice.find('[role=radiogroup]').attributes('aria-label')).toBe('为什么')
    expect(choice.findAll('[role=radio]').map((one) => one.attributes('aria-checked'))).toEqual(['true', 'false'])
    await choice.findAll('[role=radio]')[1]!.trigger('click')
    expect(choice.emitted('update:modelValue')).toEqual([['b']])
  })
  it('adds and takes away when several may be chosen', async () => {
    const choice = mount(ZChoice, { props: { id: 'x', label: '哪些', multiple: true, modelValue: ['a'], options } })
    await choice.findAll('[role=checkbox]')[1]!.trigger('click')
    await choice.findAll('[role=checkbox]')[0]!.trigger('click')
    expect(choice.emitted('update:modelValue')).toEqual([[['a', 'b']], [[]]])
  })
})

describe('ZInput', () => {
  const input = (props: Record<string, unknown>) =>
    mount(ZInput, { props: { id: 'x', label: '号码', modelValue: '', ...props } as never })
  const leave = async (kind: string, value: string) => {
    const made = input({ kind })
    const event = new Event('blur')
    Object.assign(event, { detail: { value } })
    made.find('input').element.dispatchEvent(event)
    await made.vm.$nextTick()
    return made.emitted('update:modelValue')
  }
  it.each([
    ['phone', '+86 199-0000-7010', '19900007010'],
    ['phone', '0999 1234567 转 801', '0999-1234567\u8f6c801'],
    ['id_number', '990101 19800101 009x', '99010119800101009X'],
    ['credit_code', '92990102 ma1234567y', '92990102MA1234567Y'],
    ['code', ' 123 456', '123456'],
    ['reference', 'ab12－cd34', 'AB12CD34'],
  ])('shows a %s cleaned when the person is done with it', async (kind, raw, cleaned) =>
    expect((await leave(kind, raw))?.pop()).toEqual([cleaned]),
  )
  it('leaves words as they were written', async () =>
    expect((await leave('text', ' 林 x '))?.pop()).toEqual([' 林 x ']))
  it.each(['text', 'phone', 'id_number', 'code', 'textarea'])('cuts nothing off a %s', (kind) =>
    expect(
      input({ kind, most: 5 })
        .find(kind === 'textarea' ? 'textarea' : 'input')
        .attributes('maxlength'),
    ).toBe('-1'),
  )
  it('says how much is too much, and counts a rare sign once', async () => {
    const made = input({ most: 3, modelValue: '\u{20bb7}\u{20bb7}\u{20bb7}' })
    expect(made.text()).not.toContain('最多 3')
    await made.setProps({ modelValue: '一二三四五' })
    expect(made.text()).toContain('多了 2 个字，最多 3 个字')
    expect(made.find('input').attributes('aria-invalid')).toBe('true')
  })
})

describe('a field of one\u2019s own identity', () => {
  const own = field({ name: 'name', label: '姓名', prefill: 'citizen.name' })
  it('is read and not typed, with where it comes from and what to do when it is wrong', () => {
    const made = mount(FieldInput, {
      props: { field: own, path: '/name', modelValue: '林试验', source: '实名信息', locked: true, help: '请到大厅' },
    })
    expect(made.find('input').exists()).toBe(false)
    expect(made.text()).toContain('林试验')
    expect(made.text()).toContain('实名信息')
    expect(made.text()).toContain('请到大厅')
  })
})

describe('a declaration', () => {
  const declaration = field({ name: 'd', type: 'declaration', label: '我确认以上信息真实' })
  const input = (modelValue: boolean, error?: string) =>
    mount(FieldInput, { props: { field: declaration, path: '/d', modelValue, error } })

  it('is one check box with its sentence, said once', () => {
    const boxes = input(false).findAll('[role=checkbox]')
    expect(boxes.map((box) => box.attributes('aria-checked'))).toEqual(['false'])
    expect(input(false).text()).toBe('我确认以上信息真实')
    expect(input(true).find('[role=checkbox]').attributes('aria-checked')).toBe('true')
  })
  it('is confirmed and taken back', async () => {
    for (const before of [false, true]) {
      const one = input(before)
      await one.find('[role=checkbox]').trigger('click')
      expect(one.emitted('update:modelValue')).toEqual([[!before]])
    }
  })
  it('carries its error', () => {
    const box = input(false, '请先勾选').find('[role=checkbox]')
    expect(box.attributes()).toMatchObject({ 'aria-describedby': 'f-d-error', 'aria-invalid': 'true' })
  })
})

describe('ZInput', () => {
  it('carries its name, hint and error to the field', () => {
    const input = mount(ZInput, { props: { id: 'p', label: '手机号', modelValue: '', hint: '11 位', error: '请填写' } })
    const field = input.find('input')
    expect(field.attributes('aria-label')).toBe('手机号')
    expect(field.attributes('aria-describedby')).toBe('p-hint p-error')
    expect(field.attributes('aria-invalid')).toBe('true')
    expect(input.find('#p-error').text()).toContain('请填写')
  })
  it('tells where a prefilled value comes from', () =>
    expect(mount(ZInput, { props: { id: 'p', label: '姓名', modelValue: '甲', source: '实名信息' } }).text()).toContain(
      '来自实名信息',
    ))
})

describe('ZLoad', () => {
  const props = { loading: false, problem: null }
  it('is a skeleton that says it is loading', () =>
    expect(
      mount(ZLoad, { props: { ...props, loading: true } })
        .find('[role=status]')
        .attributes('aria-label'),
    ).toBe('正在加载'))
  it('offers to try again', async () => {
    const load = mount(ZLoad, { props: { ...props, problem: new ApiProblem('client.offline', 0, '') } })
    expect(load.text()).toContain('网络不通')
    await load.find('[role=button]').trigger('click')
    expect(load.emitted('retry')).toHaveLength(1)
  })
  it('leads home from what is not there', async () => {
    const load = mount(ZLoad, { props: { ...props, problem: new ApiProblem('http.404', 404, '') } })
    expect(load.text()).toContain('没有找到')
    await load.find('[role=button]').trigger('click')
    expect(load.emitted('retry')).toBeUndefined()
    expect(navigated).toEqual(['/pages/home/index'])
  })
  it('tells the time of a stored copy', () =>
    expect(mount(ZLoad, { props: { ...props, savedAt: '2020-12-03T01:10:00Z' } }).text()).toContain(
      '2020年12月3日(周四) 09:10',
    ))
})

it('ZErrorSummary is an alert with a link for each error', () => {
  const summary = mount(ZErrorSummary, {
    props: {
      errors: [
        { id: 'a', message: '请填写姓名' },
        { id: 'b', message: '请选择民族' },
      ],
    },
  })
  expect(summary.find('[role=alert]').text()).toContain('有 2 处需要修改')
  expect(summary.findAll('[role=link]').map((link) => link.text())).toEqual(['请填写姓名', '请选择民族'])
})

it('ZFold tells whether it is open', async () => {
  const fold = mount(ZFold, { props: { title: '法律依据' }, slots: { default: '条文' } })
  expect(fold.find('[role=button]').attributes('aria-expanded')).toBe('false')
  await fold.find('[role=button]').trigger('click')
  expect(fold.text()).toContain('条文')
})

it('ZNotice interrupts only for danger', () => {
  expect(mount(ZNotice, { props: { tone: 'danger' } }).attributes('role')).toBe('alert')
  expect(mount(ZNotice).attributes('role')).toBe('status')
})

it('ZSteps says the progress in words', () =>
  expect(mount(ZSteps, { props: { step: 2, total: 5 } }).text()).toBe('第 2 步，共 5 步'))

it('ZStars says what the stars mean', () =>
  expect(
    mount(ZStars, { props: { id: 's', label: '总体', modelValue: 4 } })
      .findAll('[role=radio]')[3]!
      .attributes('aria-label'),
  ).toBe('4 星，满意'))

it('ZConfirm wants its reason', async () => {
  const confirm = mount(ZConfirm, { props: { title: '撤回', action: '撤回申请', reason: '撤回原因' } })
  await confirm.findAll('[role=button]')[0]!.trigger('click')
  expect(confirm.emitted('confirm')).toBeUndefined()
  expect(confirm.text()).toContain('请填写撤回原因')
})

it('ZClock says what is left, until when and by which rule', () => {
  const clock = {
    started_at: '',
    due_at: '2020-12-03',
    rule: '承诺 10 个工作日',
    law: '行政许可法第四十二条',
    unit: 'working_day' as const,
    total_days: 10,
    used_days: 4,
    pauses: [{ from: '2020-11-20', to: null, reason: '补正' }],
    extended: false,
  }
  const words = mount(ZClock, { props: { clock, light: 'green', daysLeft: 6 } }).text()
  for (const part of ['还剩 6 个工作日', '已用 4 个工作日，共 10 个工作日', '12月3日(周四)', '行政许可法', '补正'])
    expect(words).toContain(part)
})
