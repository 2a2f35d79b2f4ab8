/** What a picture would be drawn from is not there; the message says what is missing. */
export class NotThere extends Error {
  override readonly name = "NotThere";
}
