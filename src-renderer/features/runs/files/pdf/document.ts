/**
 * A PDF document (ISO 32000) by pdf.js, which fetches what the pages in sight need. Nothing in a
 * document runs: its scripts, forms and links are left out, only pages are drawn and their text is laid
 * over them. Pictures in JPEG 2000 and JBIG2, and fonts that are neither embedded nor on the machine,
 * are left out too: their decoders and tables would be larger than the program.
 */
import {
  GlobalWorkerOptions,
  getDocument,
  PDFDataRangeTransport,
  type PDFDocumentProxy,
  type PDFPageProxy,
  TextLayer,
  VerbosityLevel,
} from 'pdfjs-dist';
import workerUrl from 'pdfjs-dist/build/pdf.worker.min.mjs?url';

GlobalWorkerOptions.workerSrc = workerUrl;

export type { PDFDocumentProxy as PdfDocument, PDFPageProxy as PdfPage };

/** Reads a stretch of the file; shorter than asked only at its end. */
export type ReadBytes = (offset: number, length: number) => Promise<Uint8Array<ArrayBuffer>>;

/** A picture of more pixels is left out: one of a few bytes can ask for gigabytes. */
const largestImage = 100e6;
/** What one canvas may be, whatever the zoom: browsers draw nothing on larger ones. */
const largestCanvas = 32e6;

class Ranges extends PDFDataRangeTransport {
  readonly #read: ReadBytes;
  readonly #onError: (error: unknown) => void;

  constructor(size: number, read: ReadBytes, onError: (error: unknown) => void) {
    super(size, null);
    this.#read = read;
    this.#onError = onError;
  }

  override requestDataRange(begin: number, end: number): void {
    this.#read(begin, end - begin).then(
      (bytes) => this.onDataRange(begin, bytes),
      (error: unknown) => this.#onError(error),
    );
  }
}

/**
 * @param size of the file in bytes
 * @param onError told what `read` throws, also long after the document was opened: what waits for
 *   those bytes waits for ever
 * @returns the document, and what gives it back; it rejects with pdf.js's `PasswordException` and
 *   `InvalidPDFException` (by name)
 */
export function openPdf(
  size: number,
  read: ReadBytes,
  onError: (error: unknown) => void,
): { readonly document: Promise<PDFDocumentProxy>; readonly close: () => void } {
  const task = getDocument({
    range: new Ranges(size, read, onError),
    rangeChunkSize: 2 ** 18,
    disableAutoFetch: true,
    disableStream: true,
    useWasm: false,
    maxImageSize: largestImage,
    verbosity: VerbosityLevel.ERRORS,
  });
  return {
    document: task.promise,
    close: () => void task.destroy(),
  };
}

/** Size of a page in CSS pixels at 100 %. */
export function sizeOf(page: PDFPageProxy): { readonly width: number; readonly height: number } {
  const { width, height } = page.getViewport({ scale: cssScale });
  return { width, height };
}

/** Points of a page are 1/72 inch, CSS pixels 1/96. */
const cssScale = 96 / 72;

/**
 * Draws a page, and its text over it to be selected.
 * @param zoom 1: as large as on paper
 * @returns once both are there; rejects when it is cancelled
 */
export function drawPage(
  page: PDFPageProxy,
  canvas: HTMLCanvasElement,
  text: HTMLElement,
  zoom: number,
): { readonly done: Promise<unknown>; readonly cancel: () => void } {
  const viewport = page.getViewport({ scale: cssScale * zoom });
  const area = viewport.width * viewport.height;
  const ratio = Math.min(globalThis.devicePixelRatio, Math.sqrt(largestCanvas / area));
  canvas.width = Math.floor(viewport.width * ratio);
  canvas.height = Math.floor(viewport.height * ratio);
  const painting = page.render({ canvas, viewport, transform: [ratio, 0, 0, ratio, 0, 0] });
  text.replaceChildren();
  text.style.setProperty('--total-scale-factor', String(viewport.scale));
  const layer = new TextLayer({
    textContentSource: page.streamTextContent(),
    container: text,
    viewport,
  });
  return {
    done: Promise.all([painting.promise, layer.render()]),
    cancel: () => {
      painting.cancel();
      layer.cancel();
    },
  };
}
