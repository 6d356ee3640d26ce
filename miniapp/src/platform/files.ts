/** Choosing, sending, fetching and showing files: what differs between the four platforms. */
import { NetworkFailure, parsed, type RawResponse } from './request'
import { SERVER } from './server'

export interface ChosenFile {
  path: string
  name: string
  size: number
  /** The browser's own file on H5, where a path alone loses the name. */
  file?: File
}

export type FileOrigin = 'camera' | 'album' | 'document'

/** Which origins this platform offers, in the order shown. */
export function fileOrigins(): FileOrigin[] {
  let origins: FileOrigin[] = ['camera', 'album']
  // #ifdef MP-WEIXIN
  origins = ['camera', 'album', 'document']
  // #endif
  // #ifdef H5
  origins = ['document']
  // #endif
  return origins
}

/** Resolves to an empty list when the person closes the chooser. */
export function chooseFiles(origin: FileOrigin, count: number): Promise<ChosenFile[]> {
  // #ifdef H5
  return chooseInBrowser(count)
  // #endif
  // #ifdef MP-WEIXIN
  if (origin === 'document') return chooseFromChat(count)
  // #endif
  // #ifndef H5
  return chooseImages(origin, count)
  // #endif
}

// #ifdef MP-WEIXIN
function chooseFromChat(count: number): Promise<ChosenFile[]> {
  return new Promise((resolve) => {
    uni.chooseMessageFile({
      count,
      type: 'file',
      extension: ['pdf', 'jpg', 'jpeg', 'png', 'docx'],
      success: (answer) => {
        const chosen = answer.tempFiles as unknown as ChosenFile[]
        resolve(chosen.map(({ path, name, size }) => ({ path, name, size })))
      },
      fail: () => resolve([]),
    })
  })
}
// #endif

// #ifndef H5
function chooseImages(origin: FileOrigin, count: number): Promise<ChosenFile[]> {
  return new Promise((resolve) => {
    uni.chooseImage({
      count,
      sourceType: [origin === 'camera' ? 'camera' : 'album'],
      success: ({ tempFiles, tempFilePaths }) => {
        const sizes = (tempFiles ?? []) as { size?: number }[]
        const paths = ([] as string[]).concat(tempFilePaths)
        resolve(paths.map((path, index) => ({ path, name: nameOf(path), size: sizes[index]?.size ?? 0 })))
      },
      fail: () => resolve([]),
    })
  })
}
// #endif

const nameOf = (path: string) => path.split('/').pop() || 'photo.jpg'

// #ifdef H5
const ACCEPTED = '.pdf,.jpg,.jpeg,.png,.docx,image/*'

function chooseInBrowser(count: number): Promise<ChosenFile[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input')
    input.type = 'file'
    input.accept = ACCEPTED
    input.multiple = count > 1
    input.hidden = true
    const finish = () => {
      const files = Array.from(input.files ?? []).slice(0, count)
      input.remove()
      resolve(files.map((file) => ({ path: URL.createObjectURL(file), name: file.name, size: file.size, file })))
    }
    input.addEventListener('change', finish)
    input.addEventListener('cancel', finish)
    document.body.append(input)
    input.click()
  })
}
// #endif

export interface Upload {
  path: string
  file: ChosenFile
  headers: Record<string, string>
  onProgress: (percent: number) => void
}

const UPLOAD_TIMEOUT = 120_000

export function sendFile(upload: Upload): Promise<RawResponse> {
  return new Promise((resolve, reject) => {
    const source: Record<string, unknown> = { filePath: upload.file.path }
    // #ifdef H5
    if (upload.file.file) source.file = upload.file.file
    // #endif
    // #ifdef MP-ALIPAY
    source.fileType = 'image'
    // #endif
    const task = uni.uploadFile({
      ...source,
      url: SERVER + upload.path,
      name: 'file',
      header: upload.headers,
      timeout: UPLOAD_TIMEOUT,
      success: ({ statusCode, data }) => resolve({ status: Number(statusCode), data: parsed(data), headers: {} }),
      fail: ({ errMsg }: { errMsg?: string }) => reject(new NetworkFailure(/timeout/i.test(errMsg ?? ''))),
    } as UniNamespace.UploadFileOption) as unknown as UniNamespace.UploadTask | undefined
    task?.onProgressUpdate?.(({ progress }) => upload.onProgress(progress))
  })
}

/** Fetches a protected file and shows it. `name` is what the browser or viewer calls it. */
export async function openFile(path: string, headers: Record<string, string>, name: string): Promise<void> {
  // #ifdef H5
  return openInBrowser(path, headers, name)
  // #endif
  // #ifndef H5
  const filePath = await download(path, headers)
  if (/\.(jpe?g|png)$/i.test(name)) return void uni.previewImage({ urls: [filePath] })
  return new Promise((resolve, reject) => {
    uni.openDocument({
      filePath,
      fileType: 'pdf',
      showMenu: true,
      success: () => resolve(),
      fail: () => reject(new NetworkFailure(false)),
    })
  })
  // #endif
}

// #ifdef H5
async function openInBrowser(path: string, headers: Record<string, string>, name: string): Promise<void> {
  const answer = await fetch(SERVER + path, { headers }).catch(() => Promise.reject(new NetworkFailure(false)))
  if (!answer.ok) throw new NetworkFailure(false)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.target = '_blank'
  link.rel = 'noopener'
  if (!/\.(jpe?g|png)$/i.test(name)) link.download = name
  link.click()
}
// #endif

// #ifndef H5
function download(path: string, header: Record<string, string>): Promise<string> {
  return new Promise((resolve, reject) => {
    uni.downloadFile({
      url: SERVER + path,
      header,
      // Alipay tells no status: there an error is a failed call.
      success: ({ statusCode = 200, tempFilePath }) =>
        statusCode === 200 ? resolve(tempFilePath) : reject(new NetworkFailure(false)),
      fail: ({ errMsg }: { errMsg?: string }) => reject(new NetworkFailure(/timeout/i.test(errMsg ?? ''))),
    })
  })
}
// #endif
