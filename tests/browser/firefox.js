process.env.BROWSERS = 'firefox'
await import('./all.js')
