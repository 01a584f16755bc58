/** The largest file that a page in a browser may hand over, in bytes. */
export const largestUpload = 4 * 2 ** 30;

/** Bytes of it that are sent at once. */
export const uploadPiece = 4 * 2 ** 20;
