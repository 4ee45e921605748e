import { RemovalPolicy } from 'aws-cdk-lib'
import {
  AttributeType,
  Billing,
  type ITable,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
} from 'aws-cdk-lib/aws-dynamodb'
import type { IKey } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { INDEX_NAME } from '#functions/aws/store.ts'
import type { Installation } from '../installations.ts'

/** The one table: paid by use, restorable to any second of the last 35 days. */
export class Table extends Construct {
  readonly table: ITable

  constructor(
    scope: Construct,
    id: string,
    { installation: { retain }, key }: { readonly installation: Installation; readonly key: IKey | undefined },
  ) {
    super(scope, id)
    const table = new TableV2(this, 'Table', {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      globalSecondaryIndexes: [
        {
          indexName: INDEX_NAME,
          partitionKey: { name: 'ipk', type: AttributeType.STRING },
          sortKey: { name: 'isk', type: AttributeType.STRING },
          projectionType: ProjectionType.ALL,
        },
      ],
      billing: Billing.onDemand(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      dynamoStream: StreamViewType.NEW_AND_OLD_IMAGES,
      encryption: key === undefined ? TableEncryptionV2.dynamoOwnedKey() : TableEncryptionV2.customerManagedKey(key),
      deletionProtection: retain,
      removalPolicy: retain ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    })
    // CDK's own types do not distinguish an absent property from an undefined one.
    this.table = table as ITable
  }

  get indexArn(): string {
    return `${this.table.tableArn}/index/${INDEX_NAME}`
  }
}
