// The peer @hocuspocus/server, in memory, for cargo xtask bench joint: nothing but the server's own defaults.
import { Server } from '@hocuspocus/server'

const server = new Server({ address: '127.0.0.1', port: Number(process.env.PORT), quiet: true })
await server.listen()
console.log('ready')
