/** A program: loads the native engine, which proves itself, and says so; else a refusal. */
import { loadEngine } from "@moongate/learning";

const { version } = await loadEngine({ engine: "native" });
process.stdout.write(`the native TensorFlow.js engine ${version} works: its gradients are right\n`);
