import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { documentsIn, opsFiles } from './kit/files.ts';
import { type Manifest, problemsWith } from './kit/kubernetes-types.ts';

const DRAIN_SECONDS = 10;
const base = 'ops/kubernetes/base';
const files = opsFiles('ops/kubernetes').filter(
  (path) => path.endsWith('.yaml') && !path.endsWith('kustomization.yaml'),
);
const manifestsIn = (path: string) => documentsIn(path) as Manifest[];
const all = files.flatMap(manifestsIn);

interface Labelled {
  matchLabels: Record<string, string>;
}
interface Autoscaler extends Manifest {
  spec: { minReplicas: number; scaleTargetRef: { name: string } };
}
interface Deployment extends Manifest {
  spec: {
    replicas?: number;
    selector: Labelled;
    template: {
      metadata: { labels: Record<string, string> };
      spec: {
        terminationGracePeriodSeconds: number;
        containers: {
          ports: { name: string }[];
          env: { name: string; value?: string }[];
          lifecycle?: { preStop: { exec: { command: string[] } } };
          livenessProbe: { periodSeconds: number; failureThreshold: number };
        }[];
      };
    };
  };
}
const ofKind = <Kind extends Manifest>(kind: string) => all.filter((manifest) => manifest.kind === kind) as Kind[];
const deployments = ofKind<Deployment>('Deployment');
const scalers = ofKind<Autoscaler>('HorizontalPodAutoscaler');
const componentOf = (labels: Record<string, string>) => labels['app.kubernetes.io/component'];

test('[M6] every manifest has the fields that Kubernetes knows, and no others', () => {
  expect(all.length).toBeGreaterThan(10);
  expect(problemsWith(all)).toEqual([]);
  const [{ spec, ...rest } = { spec: {} }] = deployments;
  const wrong = { ...rest, spec: { ...spec, replica: 2 } } as unknown as Manifest;
  expect(problemsWith([wrong]).join()).toContain('replica');
});

test('[M6] the base names every file of its folder', () => {
  const [kustomization] = documentsIn(`${base}/kustomization.yaml`) as [{ resources: string[] }];
  const there = files.filter((path) => path.startsWith(base)).map((path) => basename(path));
  expect(kustomization.resources.toSorted()).toEqual(there.toSorted());
});

test('[M6] every role has a deployment that says so, whose pods it finds', () => {
  const roles = deployments.map(({ spec }) =>
    spec.template.spec.containers[0]?.env.find(({ name }) => name === 'HONGYAN_ROLES'),
  );
  expect(roles.map((role) => role?.value).toSorted()).toEqual(['api', 'gateway', 'logic', 'worker']);
  for (const { metadata, spec } of deployments) {
    expect(spec.selector.matchLabels).toEqual(spec.template.metadata.labels);
    expect(componentOf(spec.selector.matchLabels)).toBe(metadata.name);
  }
});

test('[M6] pods have the time to drain, and are not taken for ill meanwhile', () => {
  for (const { spec } of deployments) {
    const { terminationGracePeriodSeconds, containers } = spec.template.spec;
    for (const { lifecycle, livenessProbe } of containers) {
      const sleepSeconds = Number(lifecycle?.preStop.exec.command[1] ?? 0);
      expect(terminationGracePeriodSeconds).toBeGreaterThan(sleepSeconds + DRAIN_SECONDS);
      expect(livenessProbe.periodSeconds * livenessProbe.failureThreshold).toBeGreaterThan(
        sleepSeconds + DRAIN_SECONDS,
      );
    }
  }
});

test('[M6] of what people wait for there are several, and upkeep takes one at a time', () => {
  const budgets = ofKind<Manifest & { spec: { maxUnavailable: number; selector: Labelled } }>('PodDisruptionBudget');
  const fewest = ({ metadata, spec }: Deployment) =>
    scalers.find((scaler) => scaler.spec.scaleTargetRef.name === metadata.name)?.spec.minReplicas ?? spec.replicas ?? 1;
  const several = deployments.filter((deployment) => fewest(deployment) > 1).map(({ metadata }) => metadata.name);
  expect(several).toHaveLength(3);
  expect(budgets.map(({ spec }) => [componentOf(spec.selector.matchLabels), spec.maxUnavailable]).toSorted()).toEqual(
    several.toSorted().map((name) => [name, 1]),
  );
});

test('[M6] services, autoscalers and ingresses lead to what there is', () => {
  const names = deployments.map(({ metadata }) => metadata.name);
  const services = ofKind<Manifest & { spec: { selector: Record<string, string> } }>('Service');
  expect(names).toEqual(expect.arrayContaining(services.map(({ spec }) => componentOf(spec.selector))));
  expect(names).toEqual(expect.arrayContaining(scalers.map(({ spec }) => spec.scaleTargetRef.name)));
  const targets = [...JSON.stringify(ofKind('Ingress')).matchAll(/"service":{"name":"([\w-]+)"/g)].map(
    ([, name]) => name,
  );
  expect(targets.length).toBeGreaterThan(0);
  expect(services.map(({ metadata }) => metadata.name)).toEqual(expect.arrayContaining(targets));
});
