declare module "*?worker&inline" {
  const Inlined: new () => Worker;
  export default Inlined;
}
