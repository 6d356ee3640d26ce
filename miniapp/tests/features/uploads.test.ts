import { describe, expect, it, vi } from 'vitest'
import { useUploads } from '@/features/cases/uploads'

interface Attempt {
  header: Record<string, string>
  success: (answer: { statusCode: number; data: string }) => void
  fail: (failure: { errMsg: string }) => void
}

describe('uploads', () => {
  it('re-sends a failed file under the same Upload-Id', async () => {
    const attempts: Attempt[] = []
    vi.stubGlobal('uni', {
      ...uni,
      uploadFile: (attempt: Attempt) => {
        attempts.push(attempt)
        if (attempts.length === 1) attempt.fail({ errMsg: 'uploadFile:fail' })
        else attempt.success({ statusCode: 201, data: '{"id":"F1"}' })
      },
    })
    const sent = vi.fn(async () => undefined)
    const uploads = useUploads(() => 'C1', sent)
    await uploads.add('id', [{ path: 'tmp/a.jpg', name: 'a.jpg', size: 10 }])
    expect(uploads.sending.value[0]?.problem?.code).toBe('client.offline')
    await uploads.retry(uploads.sending.value[0]!)
    expect(attempts[1]!.header['Upload-Id']).toBe(attempts[0]!.header['Upload-Id'])
    expect(sent).toHaveBeenCalledOnce()
    expect(uploads.sending.value).toEqual([])
  })

  it('does not send what is too large', async () => {
    const uploads = useUploads(
      () => 'C1',
      async () => undefined,
    )
    await uploads.add('id', [{ path: 'tmp/a.jpg', name: 'a.jpg', size: 30 * 1024 * 1024 }])
    expect(uploads.sending.value[0]?.problem?.code).toBe('client.file_too_large')
  })
})
