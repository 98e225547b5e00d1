import * as z from 'zod'

/**
 * A named message with strict data. An unknown key is refused: in a request it is a misspelt field,
 * in the log it would be a fact dropped in silence.
 */
export const message = <const Type extends string, Shape extends z.ZodRawShape>(
  type: Type,
  data: Shape,
) => z.strictObject({ type: z.literal(type), data: z.strictObject(data) })

/** The data of one of several messages. */
export type DataOf<
  Message extends { readonly type: string; readonly data: object },
  Type extends Message['type'],
> = Extract<Message, { readonly type: Type }>['data']
