/** `#02.7` in a note, where it stands for itself: the number is the first group. */
export const runReference = /(?<![\p{L}\p{N}#&/])#(\d+\.\d+)(?![\p{L}\p{N}]|\.\d)/gu;
