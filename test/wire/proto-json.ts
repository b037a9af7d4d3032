interface Choice {
  case: string;
  value: unknown;
}

const isChoice = (value: object): value is Choice => 'case' in value && 'value' in value;

const isDefault = (value: unknown): boolean =>
  value === undefined ||
  value === 0 ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0) ||
  (value instanceof Uint8Array && value.length === 0);

function value(of: unknown): unknown {
  if (of instanceof Uint8Array) return Buffer.from(of).toString('base64');
  if (Array.isArray(of)) return of.map(value);
  return typeof of === 'object' && of !== null ? toProtoJson(of) : of;
}

/**
 * A decoded message in protobuf's JSON mapping, so that the vectors can be read in any language: a oneof is the one field
 * that is set, bytes are base64, defaults are left out. Integers and enums are numbers, which every parser accepts.
 */
export function toProtoJson(message: object): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(message)) {
    if (isDefault(field)) continue;
    if (typeof field === 'object' && isChoice(field)) json[field.case] = value(field.value);
    else json[name] = value(field);
  }
  return json;
}
