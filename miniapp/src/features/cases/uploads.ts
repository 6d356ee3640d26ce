/** Files on their way: progress, failure, and re-sending the same attempt so that nothing is stored twice. */
import { ref } from 'vue'
import { uploadFile } from '@/api/cases'
import { newKey } from '@/api/client'
import { ApiProblem } from '@/api/problem'
import type { ChosenFile } from '@/platform/files'

export interface Sending {
  uploadId: string
  material: string
  file: ChosenFile
  percent: number
  problem: ApiProblem | null
}

export const MAX_BYTES = 20 * 1024 * 1024

export function useUploads(caseId: () => string, sent: () => Promise<void>) {
  const sending = ref<Sending[]>([])
  const change = (uploadId: string, changes: Partial<Sending>) => {
    sending.value = sending.value.map((one) => (one.uploadId === uploadId ? { ...one, ...changes } : one))
  }
  const drop = (uploadId: string) => {
    sending.value = sending.value.filter((one) => one.uploadId !== uploadId)
  }

  async function send({ uploadId, material, file }: Sending): Promise<void> {
    change(uploadId, { problem: null, percent: 0 })
    try {
      await uploadFile(caseId(), material, file, uploadId, (percent) => change(uploadId, { percent }))
      await sent()
      drop(uploadId)
    } catch (cause) {
      change(uploadId, { problem: ApiProblem.from(cause) })
    }
  }

  async function add(material: string, files: ChosenFile[]): Promise<void> {
    for (const file of files) {
      const problem = file.size > MAX_BYTES ? new ApiProblem('client.file_too_large', 0, '') : null
      const one: Sending = { uploadId: newKey(), material, file, percent: 0, problem }
      sending.value = [...sending.value, one]
      if (!problem) await send(one)
    }
  }

  return { sending, add, retry: send, drop }
}
