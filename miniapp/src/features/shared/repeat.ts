/** Things that go on while a page is in sight, and only then. To be used in a page, not in a component. */
import { onHide, onShow, onUnload } from '@dcloudio/uni-app'
import { ref, type Ref } from 'vue'
import { serverNow } from '@/api/clock'

/** Does `work` again and again, each time `wait` milliseconds after the last has ended. */
export function useRepeat(work: () => unknown, wait: () => number): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  // Work that ends after the page was left and came back belongs to a round that is over.
  let round = 0

  const later = (mine: number) => {
    timer = setTimeout(() => void once(mine), wait())
  }
  async function once(mine: number): Promise<void> {
    await work()
    if (mine === round) later(mine)
  }
  const stop = () => {
    round += 1
    clearTimeout(timer)
  }
  onShow(() => {
    stop()
    later(round)
  })
  onHide(stop)
  onUnload(stop)
}

/** The server's time, going on each second. */
export function useNow(): Ref<number> {
  const now = ref(serverNow())
  onShow(() => void (now.value = serverNow()))
  useRepeat(
    () => void (now.value = serverNow()),
    () => 1000,
  )
  return now
}
