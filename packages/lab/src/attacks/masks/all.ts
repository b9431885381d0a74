import type { Attack } from "../attack.ts";
import { collusionByOtherMeans, collusionOnFeatures, collusionOnLabels } from "./collusion.ts";
import { curiousCoordinator } from "./curious-coordinator.ts";

/** What a coordinator can do alone (its own view), and with a party (`joinedViews` of the two). */
export const coordinatorAttacks: readonly Attack[] = [
  curiousCoordinator,
  collusionOnLabels,
  ...collusionByOtherMeans,
  collusionOnFeatures("media"),
  collusionOnFeatures("commerce"),
];
