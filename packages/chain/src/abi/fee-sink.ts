// Generated from contracts/src/FeeSink.sol by contracts/script/generate-abi.ts. Do not edit.
export const feeSinkAbi = [] as const;

export const feeSinkBytecode = '0x608080604052346013576003908160188239f35b5f80fdfe5f80fd' as const;
