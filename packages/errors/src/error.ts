import { CATALOG, type ErrorCode } from "./catalog.ts";

export interface ErrorOptions {
  /** What the user can do, when more precise than the catalogue's own advice. */
  readonly cure?: string | undefined;
  /** Facts for machines (never secrets, ids or feature values). */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  /** The error below this one. */
  readonly cause?: unknown;
}

/** A refusal with a code for programs, a cause and a cure for people, and an exit status. */
export class MoongateError extends Error {
  override readonly name = "MoongateError";
  readonly code: ErrorCode;
  readonly cure: string;
  readonly exitStatus: number;
  readonly details: Readonly<Record<string, unknown>>;

  /** @param cause one sentence without a full stop that says what is wrong. */
  constructor(code: ErrorCode, cause: string, options: ErrorOptions = {}) {
    super(cause, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.cure = options.cure ?? CATALOG[code].cure;
    this.exitStatus = CATALOG[code].exitStatus;
    this.details = options.details ?? {};
  }

  /** The refusal as plain data, as it is logged and sent to peers. */
  toJSON(): { code: ErrorCode; cause: string; cure: string; exitStatus: number } {
    return { code: this.code, cause: this.message, cure: this.cure, exitStatus: this.exitStatus };
  }
}
