/** The error that the data of a picture is missing; its message says what is missing. */
export class NotThere extends Error {
  override readonly name = "NotThere";
}
