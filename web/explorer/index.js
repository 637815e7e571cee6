/** The module that defines <cosine-dim> where it is imported. On a server it does nothing. */
import { define } from './element.js'

define()
