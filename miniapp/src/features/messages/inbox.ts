import { defineStore } from 'pinia'
import { ref } from 'vue'
import { getUnread } from '@/api/messages'
import { useSession } from '@/features/identity/session'

const ME_TAB = 3

/** 99+ */
export const badgeText = (unread: number): string => (unread > 99 ? '99+' : String(unread))

/** How many messages wait, for the badge on 我的. */
export const useInbox = defineStore('inbox', () => {
  const unread = ref(0)

  function set(count: number) {
    unread.value = count
    showBadge()
  }

  /** Optional: without an answer the badge stays as it was. */
  async function refresh(): Promise<void> {
    if (!useSession().signedIn) return set(0)
    await getUnread().then(
      (answer) => set(answer.unread),
      () => undefined,
    )
  }

  /** On mini-programs the platform's tab bar shows it; there it can be set from a tab's page only. */
  function showBadge() {
    // #ifndef H5
    const fail = () => undefined
    if (unread.value > 0) uni.setTabBarBadge({ index: ME_TAB, text: badgeText(unread.value), fail })
    else uni.removeTabBarBadge({ index: ME_TAB, fail })
    // #endif
  }

  return { unread, set, refresh }
})
