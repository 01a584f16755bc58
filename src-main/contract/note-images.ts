/** Largest picture that a note may hold, in bytes: with room for the rest of its request. */
export const largestNoteImage = 12 << 20;
