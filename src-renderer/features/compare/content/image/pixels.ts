/** Pixels of two images, decoded by the browser, and where they differ. */
import pixelmatch from 'pixelmatch';

export interface Decoded {
  readonly width: number;
  readonly height: number;
  readonly image: HTMLImageElement;
}

/** More pixels than this are not compared one by one: the page would stand still. */
const maxCompared = 24_000_000;
/** A drawing without a size of its own. */
const drawingSize = 512;

/** @throws when the browser cannot decode it */
export async function decodeImage(url: string): Promise<Decoded> {
  const image = new Image();
  image.src = url;
  await image.decode();
  const width = image.naturalWidth || drawingSize;
  const height = image.naturalHeight || drawingSize;
  return { width, height, image };
}

export interface Difference {
  readonly canvas: HTMLCanvasElement;
  /** Pixels that differ, of all that either image has. */
  readonly pixels: number;
  readonly total: number;
}

/**
 * Draws where two images differ; what only one of them covers differs. Both lie at the top left.
 * @param threshold 0…1, how unlike two colours must be. @returns null for images that are too large
 */
export function differenceOf(left: Decoded, right: Decoded, threshold: number): Difference | null {
  const width = Math.max(left.width, right.width);
  const height = Math.max(left.height, right.height);
  if (width * height > maxCompared) return null;
  const [a, b] = [pixelsOf(left, width, height), pixelsOf(right, width, height)];
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d');
  if (a === null || b === null || context === null) return null;
  const out = context.createImageData(width, height);
  const pixels = pixelmatch(a.data, b.data, out.data, width, height, {
    threshold,
    includeAA: true,
  });
  context.putImageData(out, 0, 0);
  return { canvas, pixels, total: width * height };
}

function pixelsOf({ image, ...own }: Decoded, width: number, height: number): ImageData | null {
  const canvas = document.createElement('canvas');
  canvas.width = width;
  canvas.height = height;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return null;
  context.drawImage(image, 0, 0, own.width, own.height);
  return context.getImageData(0, 0, width, height);
}
