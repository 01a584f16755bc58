/** Most bytes of a file that one request is answered with. A file of its own: pages load no schemas. */
export const largestPiece = 8 * 2 ** 20;
