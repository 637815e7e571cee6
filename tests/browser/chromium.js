process.env.BROWSERS = 'chromium'
await import('./all.js')
