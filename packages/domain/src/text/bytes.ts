/** How much a value takes in the log, about: the bytes of its JSON in UTF-8. */
export const bytesOf = (value: object): number =>
  encodeURIComponent(JSON.stringify(value)).replace(/%../g, '%').length
