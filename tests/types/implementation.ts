/** Compiled, never run: js/ takes and returns what types/index.d.ts declares. */
import * as implementation from '../../js/index.js'
import type * as declared from '../../types/index.js'

/** The functions have the declared types. */
export const functions: Omit<typeof declared, 'Tensor' | 'Explanation'> = implementation

type DeclaredTensor = declared.TensorOf<'float32'>
type Tensor = InstanceType<typeof implementation.Tensor>
type Methods<T> = { [K in keyof T]: T[K] extends (...args: never) => unknown ? K : never }[keyof T]
type Taking<T> = {
  [K in keyof T]: T[K] extends (...args: infer Arguments) => unknown ? (...args: Arguments) => unknown : never
}

/** Its methods take what the declared ones take. */
export const methods = (tensor: Tensor): Taking<Pick<DeclaredTensor, Methods<DeclaredTensor>>> => tensor
export const at = (explanation: implementation.Explanation): Taking<Pick<declared.Explanation, 'at'>> => explanation

/** The declared fields are special cases of its fields, which do not know their dtype. */
export const fields = (tensor: DeclaredTensor): Pick<Tensor, Exclude<keyof DeclaredTensor, Methods<DeclaredTensor>>> =>
  tensor
