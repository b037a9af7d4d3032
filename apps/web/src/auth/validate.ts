/** The form as it was filled in. */
export interface AuthFields {
  handle: string;
  name: string;
  password: string;
}

export type AuthMode = 'sign-in' | 'sign-up';
type Problem =
  | 'handleMissing'
  | 'handleInvalid'
  | 'nameMissing'
  | 'nameTooLong'
  | 'passwordMissing'
  | 'passwordTooShort';
export type FieldProblems = Partial<Record<keyof AuthFields, `auth.${Problem}`>>;

const handlePattern = /^[a-z0-9._-]{3,32}$/iu;
const PASSWORD_CHARACTERS_MIN = 8;
const NAME_CHARACTERS_MAX = 64;

/** What a person has to change before the server is asked. Signing in asks for no more than that something was entered. */
export function validate({ handle, name, password }: AuthFields, mode: AuthMode): FieldProblems {
  const problems: FieldProblems = {};
  if (handle.trim() === '') problems.handle = 'auth.handleMissing';
  if (password === '') problems.password = 'auth.passwordMissing';
  if (mode === 'sign-in') return problems;

  if (problems.handle === undefined && !handlePattern.test(handle.trim())) problems.handle = 'auth.handleInvalid';
  if (problems.password === undefined && password.length < PASSWORD_CHARACTERS_MIN) {
    problems.password = 'auth.passwordTooShort';
  }
  if (name.trim() === '') problems.name = 'auth.nameMissing';
  else if (name.trim().length > NAME_CHARACTERS_MAX) problems.name = 'auth.nameTooLong';
  return problems;
}
