import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  hkdfSync,
  type JsonWebKey,
  randomBytes,
  verify,
} from 'node:crypto'

const SALT_BYTES = 16
const TAG_BYTES = 16

/** A browser that has subscribed: it reads what is pushed to it (RFC 8291) and who pushed it (RFC 8292). */
export function aBrowser(endpoint: string) {
  const keys = createECDH('prime256v1')
  keys.generateKeys()
  const secret = randomBytes(16)
  const p256dh = keys.getPublicKey('base64url')
  return {
    subscription: { endpoint, expirationTime: null, keys: { p256dh, auth: secret.toString('base64url') } },
    read(body: Buffer): unknown {
      const salt = body.subarray(0, SALT_BYTES)
      const idLength = body.readUInt8(SALT_BYTES + 4)
      const sender = body.subarray(SALT_BYTES + 5, SALT_BYTES + 5 + idLength)
      const text = decrypt(body.subarray(SALT_BYTES + 5 + idLength), salt, keyMaterial(sender))
      // A last record ends with 2 and padding of zeros.
      return JSON.parse(text.subarray(0, text.lastIndexOf(2)).toString())
    },
  }

  function keyMaterial(sender: Buffer): Buffer {
    const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender])
    return Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), secret, info, 32))
  }
}

function decrypt(record: Buffer, salt: Buffer, material: Buffer): Buffer {
  const derived = (info: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', material, salt, `Content-Encoding: ${info}\0`, length))
  const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12))
  decipher.setAuthTag(record.subarray(-TAG_BYTES))
  return Buffer.concat([decipher.update(record.subarray(0, -TAG_BYTES)), decipher.final()])
}

/** The claims of `vapid t=…, k=…`, if the key signed them; undefined otherwise. */
export function vapidClaims(authorization: string): { readonly key: string; readonly claims: unknown } | undefined {
  const [, token = '', key = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(authorization) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  const jwk: JsonWebKey = {
    kty: 'EC',
    crv: 'P-256',
    x: point.subarray(1, 33).toString('base64url'),
    y: point.subarray(33).toString('base64url'),
  }
  const isSigned = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  return isSigned ? { key, claims: JSON.parse(Buffer.from(claims, 'base64url').toString()) } : undefined
}
