/** Optional, so perhaps not installed: it is imported for what it registers with tfjs-core. */
declare module "@tensorflow/tfjs-node";
