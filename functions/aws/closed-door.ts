import { Impossible } from '#shared/errors/errors.ts'

/** Stands where a function has no right to use a door. */
export function closedDoor<Door extends object>(name: string): Door {
  const refuse = (): never => {
    throw new Impossible('aws.closed-door', `This function may not use the ${name}; its manifest has to ask for it.`)
  }
  // Whatever the door has, this answers for it.
  return new Proxy({}, { get: () => refuse }) as Door
}
