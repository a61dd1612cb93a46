#!/bin/sh
# compose.sh BUILD: rendered objects as a compose file; read by docker compose itself where that is installed
. tests/cli/lib.inc

for environment in local dev staging prod; do
    export environment
    expect "the platform, $environment" 0 '"$yare" compose "$root" -e $environment >compose-$environment.yaml; cat compose-$environment.yaml'
    has out '  message-service:'
    has out "name: "
done

chart app
cat >app/templates/all.yaml <<'Y'
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec:
      terminationGracePeriodSeconds: 5
      securityContext: {runAsUser: 7, runAsGroup: 8}
      initContainers:
        - {name: prepare, image: busybox, command: [sh, -c, 'echo $HOME $(WORD)'], env: [{name: WORD, value: "a$b"}], volumeMounts: [{name: work, mountPath: /w}]}
      containers:
        - name: web
          image: nginx
          ports: [{name: http, containerPort: 8080}]
          envFrom: [{configMapRef: {name: settings}}]
          env:
            - {name: PASSWORD, valueFrom: {secretKeyRef: {name: secret, key: password}}}
            - {name: OTHER, valueFrom: {secretKeyRef: {name: elsewhere, key: x}}}
          readinessProbe: {exec: {command: [check, "$x"]}, periodSeconds: 3}
          resources: {limits: {cpu: 250m, memory: 64Mi}}
          volumeMounts: [{name: work, mountPath: /w}, {name: conf, mountPath: /etc/app}, {name: tmp, mountPath: /tmp}]
        - {name: side, image: side}
      volumes:
        - {name: work, emptyDir: {}}
        - {name: tmp, emptyDir: {}}
        - {name: conf, configMap: {name: settings, defaultMode: 0440}}
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: http, nodePort: 30080}]}
---
apiVersion: v1
kind: ConfigMap
metadata: {name: settings}
data: {COLOR: "bl$ue"}
---
apiVersion: v1
kind: Secret
metadata: {name: secret}
data: {password: aHVudGVy}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web}
---
apiVersion: batch/v1
kind: Job
metadata: {name: migrate, annotations: {helm.sh/hook: pre-install}}
spec: {template: {spec: {containers: [{name: m, image: m}]}}}
Y
expect 'a chart of its own' 0 '"$yare" compose app -n there -p My.App >compose.yaml; cat compose.yaml'
has out 'name: my-app'
has out '# - PodDisruptionBudget there/web: there is no such thing in compose'
has out '# - Deployment there/web: 2 replicas are one here'
has out '# - Deployment there/web: OTHER comes from Secret elsewhere: take it from the shell'
has out '      PASSWORD: hunter'
has out '      OTHER: null'
has out '      COLOR: bl$$ue'
has out '    - echo $$HOME a$$b'
has out '    user: "7:8"'
has out '          cpus: "0.250"'
has out '          memory: "67108864"'
has out 'mode: "0440"'
has out '    network_mode: service:web'
has out '    - TCP-LISTEN:80,fork,reuseaddr'
has out 'published: "30080"'
has out '        - web.there.svc.cluster.local'
has out '      - $$x'
has out '        condition: service_completed_successfully'

# the first version, in Python, does not know inline configs
if docker-compose version --short 2>/dev/null | grep -qv '^1\.'; then
    for file in compose.yaml compose-local.yaml compose-dev.yaml compose-staging.yaml compose-prod.yaml; do
        export file
        expect "docker compose reads $file" 0 'docker-compose -f $file config -q'
    done
fi
totals
