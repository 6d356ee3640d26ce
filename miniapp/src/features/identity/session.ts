import { defineStore } from 'pinia'
import { computed, ref } from 'vue'
import { getMe, signIn as callSignIn, signOut as callSignOut } from '@/api/citizen'
import { useToken, whenSignedOut } from '@/api/client'
import type { Me } from '@/api/types/person'
import { belongTo, forgetAll, resume, unbind } from '@/features/shared/kept'
import { useSettings } from '@/features/settings/settings'
import { deviceName } from '@/platform/device'
import { go } from '@/platform/navigate'
import { read, remove, write } from '@/platform/storage'

const TOKEN = 'token'

/** Who is signed in. The token stays in the phone's storage; everything else is asked anew. */
export const useSession = defineStore('session', () => {
  const token = ref<string | null>(null)
  const me = ref<Me | null>(null)
  const signedIn = computed(() => token.value !== null)

  function start() {
    whenSignedOut(ended)
    hold(read<string>(TOKEN))
    resume(signedIn.value)
    if (!token.value) return
    useSettings().resume()
    void refresh()
  }

  function hold(next: string | null) {
    token.value = next
    useToken(next)
    if (next) write(TOKEN, next)
    else remove(TOKEN)
  }

  function leave() {
    hold(null)
    me.value = null
    useSettings().leave()
  }

  /** By the server's word, a revoked token among others. What was typed waits for the same person to come back. */
  function ended() {
    leave()
    unbind()
  }

  function forget() {
    leave()
    forgetAll()
  }

  /** True when pages of somebody else may be open. */
  function meet(citizen: Me): boolean {
    me.value = citizen
    useSettings().meet(citizen)
    return belongTo(citizen.id)
  }

  async function refresh(): Promise<void> {
    try {
      meet(await getMe())
    } catch {
      // Offline: the token stays, pages show their own state. An ended session was forgotten by the client.
    }
  }

  /** True when pages of somebody else may be open. */
  async function signIn(phone: string, code: string): Promise<boolean> {
    const answer = await callSignIn(phone, code, deviceName())
    const another = belongTo(answer.citizen.id)
    hold(answer.token)
    meet(answer.citizen)
    return another
  }

  async function signOut(): Promise<void> {
    await callSignOut().catch(() => undefined)
    forget()
  }

  /** True when signed in (and, if asked for, known by name); otherwise leads there first. */
  function demand(next: string, realName = false): boolean {
    if (!token.value) go('login', { next })
    else if (realName && me.value && !me.value.real_name) go('realName', { next })
    else return true
    return false
  }

  return { token, me, signedIn, start, meet, refresh, signIn, signOut, demand, forget }
})
