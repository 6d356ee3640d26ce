/** Pictures of a ticket on their way. They belong to who sends: named or not, so a change of mind sends them again. */
import { computed, ref } from 'vue'
import { newKey } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import { removePhoto, uploadPhoto } from '@/api/tickets'
import type { ChosenFile } from '@/platform/files'

export interface Photo {
  key: string
  file: ChosenFile
  id: string
  unnamed: boolean
  percent: number
  problem: ApiProblem | null
}

export function usePhotos(unnamed: () => boolean) {
  const photos = ref<Photo[]>([])
  const change = (key: string, changes: Partial<Photo>) =>
    void (photos.value = photos.value.map((one) => (one.key === key ? { ...one, ...changes } : one)))

  async function send({ key, file }: Photo): Promise<void> {
    const mine = unnamed()
    change(key, { problem: null, percent: 0, id: '', unnamed: mine })
    try {
      const { id } = await uploadPhoto(file, newKey(), mine, (percent) => change(key, { percent }))
      change(key, { id })
    } catch (cause) {
      change(key, { problem: ApiProblem.from(cause) })
    }
  }

  async function add(files: ChosenFile[], most: number, bytes: number): Promise<void> {
    for (const file of files.slice(0, Math.max(0, most - photos.value.length))) {
      const problem = file.size > bytes ? new ApiProblem('client.file_too_large', 0, '') : null
      const one: Photo = { key: newKey(), file, id: '', unnamed: unnamed(), percent: 0, problem }
      photos.value = [...photos.value, one]
      if (!problem) await send(one)
    }
  }

  async function drop(photo: Photo): Promise<void> {
    photos.value = photos.value.filter(({ key }) => key !== photo.key)
    // What nobody sends with a ticket is deleted after a day anyway.
    if (photo.id) await removePhoto(photo.id, photo.unnamed).catch(() => undefined)
  }

  /** Before sending: those that belong to the other one are sent once more. */
  async function settle(): Promise<void> {
    for (const one of photos.value) if (one.id && one.unnamed !== unnamed()) await send(one)
  }

  return {
    photos,
    add,
    drop,
    retry: send,
    settle,
    /** All have arrived. */
    ready: computed(() => photos.value.every(({ id }) => id)),
    ids: () => photos.value.map(({ id }) => id),
  }
}
