export const runPage = {
  system: {
    none: 'Nothing was measured',
    noneBody:
      'While a run goes on for more than a second, Cairn writes down how busy it keeps the processor, memory, disks, network and graphics cards. What MLflow’s client logs as system metrics is shown here too.',
    notYet: 'The first figures come a second after the start.',
    run: 'This run',
    machine: 'The whole machine',
    card: 'GPU {{number}}',
    cpu: 'Processor (cores)',
    'cpu-percent': 'Processor (%)',
    memory: 'Memory ({{unit}})',
    'disk-read': 'Read from disk ({{unit}}/s)',
    'disk-write': 'Written to disk ({{unit}}/s)',
    'disk-free': 'Free on disk ({{unit}})',
    'net-in': 'Received over the network ({{unit}}/s)',
    'net-out': 'Sent over the network ({{unit}}/s)',
    gpu: 'GPU (% busy)',
    'gpu-memory': 'GPU memory ({{unit}})',
    'gpu-power': 'GPU power (W)',
    other: 'Other',
  },
} as const;
