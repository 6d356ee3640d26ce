import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createPinia, setActivePinia } from 'pinia'
import type { Me } from '@/api/types/person'
import { useSession } from '@/features/identity/session'
import { useWish } from '@/features/identity/wish'
import { navigated } from '../setup'

const shown: (() => void)[] = []
vi.mock('@dcloudio/uni-app', () => ({ onShow: (hook: () => void) => void shown.push(hook) }))

const me = (real_name: boolean) => ({ real_name }) as Me
const HERE = '/pages/guide/index?code=X1'
const done = vi.fn()
const comeBack = () => shown.forEach((hook) => hook())

function wish(realName: boolean) {
  const known = useWish()
  known(HERE, done, realName)
  return useSession()
}

beforeEach(() => {
  setActivePinia(createPinia())
  shown.length = 0
  done.mockReset()
})

describe('a wish', () => {
  it('is granted at once to whoever is known', () => {
    Object.assign(useSession(), { token: 't', me: me(true) })
    wish(true)
    expect(done).toHaveBeenCalledOnce()
    comeBack()
    expect(done).toHaveBeenCalledOnce()
  })

  it('waits for the sign-in, then for the real name', () => {
    const session = wish(true)
    expect(navigated).toHaveLength(1)
    expect(navigated[0]).toContain('/pages/login/index')
    Object.assign(session, { token: 't', me: me(false) })
    comeBack()
    expect(navigated[1]).toContain('/pages/mine/real-name')
    expect(done).not.toHaveBeenCalled()
    session.me = me(true)
    comeBack()
    expect(done).toHaveBeenCalledOnce()
  })

  it('is forgotten by whoever turns back', () => {
    const session = wish(false)
    comeBack()
    Object.assign(session, { token: 't', me: me(true) })
    comeBack()
    expect(done).not.toHaveBeenCalled()
  })

  it('does not send back to the real name whoever left there', () => {
    Object.assign(useSession(), { token: 't', me: me(false) })
    wish(true)
    comeBack()
    expect(navigated).toHaveLength(1)
  })
})
