import { onShow } from '@dcloudio/uni-app'
import { useSession } from './session'

/**
 * What a person wanted when the page had to send them to sign in or prove their name: done when they come back
 * and it succeeded, forgotten when they turned back.
 */
export function useWish() {
  const session = useSession()
  let open: { granted: () => boolean; go: () => void } | null = null

  onShow(() => {
    const wish = open
    open = null
    if (wish?.granted()) wish.go()
  })

  /** `here` is the address of this page. */
  return function known(here: string, work: () => void, realName = false): void {
    const signedIn = session.signedIn
    if (session.demand(here, realName)) return work()
    open = {
      granted: () => (signedIn ? session.me?.real_name === true : session.signedIn),
      go: () => known(here, work, realName),
    }
  }
}
