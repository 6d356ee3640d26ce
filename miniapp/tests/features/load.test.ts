import { expect, it, vi } from 'vitest'
import { needed, useLoad } from '@/features/shared/load'

it('asks nobody for what the address does not name', async () => {
  const ask = vi.fn((code: string) => Promise.resolve(code))
  const page = useLoad(() => ask(needed('')))
  await page.reload()
  expect(ask).not.toHaveBeenCalled()
  expect(page.problem.value).toMatchObject({ code: 'http.404', status: 404 })
  expect(page.loading.value).toBe(false)
})

it('asks for what it names', async () => {
  const page = useLoad(() => Promise.resolve(needed('X1')))
  await page.reload()
  expect(page.data.value).toBe('X1')
})
