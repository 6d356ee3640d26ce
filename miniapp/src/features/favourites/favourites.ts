import { defineStore } from 'pinia'
import { ref } from 'vue'
import { addFavourite, getFavourites, removeFavourite } from '@/api/citizen'
import type { Favourite } from '@/api/types/person'

/** What is known of one from its guide; the account's list tells more. */
type Kept = Pick<Favourite, 'code' | 'name' | 'name_en'>

/** 收藏: kept with the account. */
export const useFavourites = defineStore('favourites', () => {
  const list = ref<Kept[]>([])
  const has = (code: string) => list.value.some((one) => one.code === code)

  async function load(): Promise<Favourite[]> {
    const found = await getFavourites()
    list.value = found
    return found
  }

  async function toggle(item: Kept): Promise<void> {
    if (has(item.code)) {
      await removeFavourite(item.code)
      list.value = list.value.filter((one) => one.code !== item.code)
    } else {
      await addFavourite(item.code)
      list.value = [{ code: item.code, name: item.name, name_en: item.name_en }, ...list.value]
    }
  }

  return { list, has, load, toggle }
})
