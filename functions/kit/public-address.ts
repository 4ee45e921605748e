import { BlockList, isIPv4, isIPv6 } from 'node:net'

/** What IANA's registry of special-purpose IPv4 addresses keeps from the public internet, and multicast. */
const SPECIAL_IPV4 = `
  0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24
  192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4
  240.0.0.0/4`

/** Of IPv6 only this is given to the public; all else (loopback, local, mapped, NAT64, multicast …) lies outside of it. */
const GLOBAL_IPV6 = '2000::/3'

/** Parts of it that are special all the same: protocols and Teredo, documentation, 6to4. */
const SPECIAL_IPV6 = '2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48 3fff::/20'

const special = blockList(SPECIAL_IPV4, SPECIAL_IPV6)
const global = blockList('', GLOBAL_IPV6)

/** True for an address of the public internet, as the resolver or a parsed URL writes it; false for all else. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, 'ipv4')
  return isIPv6(address) && global.check(address, 'ipv6') && !special.check(address, 'ipv6')
}

const loopback = blockList('127.0.0.0/8', '::1/128')

export function isLoopbackAddress(address: string): boolean {
  return isIPv4(address) ? loopback.check(address, 'ipv4') : isIPv6(address) && loopback.check(address, 'ipv6')
}

function blockList(ipv4: string, ipv6: string): BlockList {
  const list = new BlockList()
  const add = (ranges: string, family: 'ipv4' | 'ipv6'): void => {
    for (const range of ranges.split(/\s+/).filter(Boolean)) {
      const [network = '', bits] = range.split('/')
      list.addSubnet(network, Number(bits), family)
    }
  }
  add(ipv4, 'ipv4')
  add(ipv6, 'ipv6')
  return list
}
